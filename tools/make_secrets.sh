#!/bin/sh
# Makes the secrets of compose.scale.yaml in the folder secrets; those that are there stay.
# Nobody else gets into the folder; each container is given its own files, whoever it runs as.
set -eu
cd "$(dirname "$0")/.."
mkdir -p secrets
chmod 0700 secrets
umask 022

keep() {
    [ -s "secrets/$1" ] || printf '%s' "$2" > "secrets/$1"
}
random() {
    openssl rand -hex "$1"
}

keep secret_key "$(random 32)"
keep redis_password "$(random 24)"
keep s3_access_key "$(random 10)"
keep s3_secret_key "$(random 24)"
keep postgresql_password "$(random 24)"
# Between containers of one machine there is no TLS; the link's library would insist on it.
keep database_url "postgresql://wasched:$(cat secrets/postgresql_password)@postgresql/wasched?sslmode=disable"
echo "The secrets lie in $(pwd)/secrets. Keep a copy of secret_key and database_url elsewhere."
