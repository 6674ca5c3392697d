"""The resolución: drafted from its expediente, edited around locked data, frozen, signed in turn."""
