#!/bin/sh
# Makes the certificates of the client's tests: for 127.0.0.1, and for tests only, since their keys are public.
# Run it in this directory when they need to change; they hold from 2020 to 2120, whatever the clock of the machine says.
#
#   router      self-signed, as RouterOS makes them
#   impostor    another self-signed one, with the same names in it
#   ca          a private authority, whose key is thrown away
#   leaf        issued by it; `sibling` is another one of the same authority
#   child       issued with the key of `router`, which is its own authority
#   expired     self-signed, good for one day of the year 2000
set -eu

issuing=$(mktemp -d)
trap 'rm -r "$issuing"' EXIT

cat > "$issuing/config" <<END
[ca]
default_ca = own
[own]
database = $issuing/index
new_certs_dir = $issuing
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
[any]
organizationName = supplied
commonName = supplied
[authority]
basicConstraints = critical,CA:TRUE
subjectAltName = IP:127.0.0.1,DNS:localhost
[end]
basicConstraints = critical,CA:FALSE
subjectAltName = IP:127.0.0.1,DNS:localhost
END
: > "$issuing/index"

make() { # name, common name, kind, first and last day, how it is signed
  name=$1 common=$2 kind=$3 first=$4 last=$5
  shift 5
  openssl ecparam -name prime256v1 -genkey -noout -out "$name.key"
  openssl req -new -key "$name.key" -subj "/O=routeros-mcp tests/CN=$common" -out "$issuing/request"
  openssl ca -batch -notext -config "$issuing/config" -extensions "$kind" -in "$issuing/request" -out "$name.pem" \
    -startdate "${first}000000Z" -enddate "${last}000000Z" "$@"
}
self() { make "$1" "$2" authority "$3" "$4" -selfsign -keyfile "$1.key"; }
by() { make "$1" "$2" end 20200101 21200101 -cert "$3.pem" -keyfile "$3.key"; }

self router router 20200101 21200101
self impostor router 20200101 21200101
self expired router 20000101 20000102
self ca 'private authority' 20200101 21200101
by leaf router ca
by sibling router ca
by child router router
rm ca.key
chmod 644 ./*.key
