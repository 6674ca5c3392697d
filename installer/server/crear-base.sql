-- Una vez, en el servidor, como administrador:   psql -U postgres -f crear-base.sql
-- Crea el rol de la oficina, el dueño de la base y la base vacía. No pone ninguna contraseña: después,
-- en psql,  \password sisfoh_dueno
-- Las tablas y los permisos los pone «sisfoh-desktop migrar», que se ejecuta como sisfoh_dueno.

CREATE ROLE sisfoh_oficina NOLOGIN;
CREATE ROLE sisfoh_dueno LOGIN;
CREATE DATABASE sisfoh OWNER sisfoh_dueno ENCODING 'UTF8' TEMPLATE template0;

-- Nadie entra ni crea nada en la base por el solo hecho de tener un usuario en el servidor.
REVOKE ALL ON DATABASE sisfoh FROM PUBLIC;
GRANT CONNECT ON DATABASE sisfoh TO sisfoh_oficina;

\connect sisfoh
ALTER SCHEMA public OWNER TO sisfoh_dueno;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
