-- Una vez por persona, como administrador:   psql -U postgres -v usuario=ule_rquispe -f agregar-usuario.sql
-- El usuario del servidor abre la base; lo que la persona puede hacer en el programa se decide en «Personas».
-- Después, en psql,  \password ule_rquispe
-- Para quien deja la oficina:  ALTER ROLE ule_rquispe NOLOGIN;

CREATE ROLE :usuario LOGIN CONNECTION LIMIT 12 IN ROLE sisfoh_oficina;
