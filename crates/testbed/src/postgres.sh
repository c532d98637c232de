# A PostgreSQL cluster in folder $1 on port $2, until standard input ends.
set -eu
folder=$1 port=$2
end() {
  as_owner pg_ctl --pgdata=data --mode=immediate --wait stop >/dev/null 2>&1 || true
  cd / && rm -rf "$folder"
}
trap end EXIT
cd "$folder"
[ "$(id -u)" -ne 0 ] || chown postgres .
echo postgres >password
# deriving a key for each connection would be most of what some tests do; whoever tests TLS does it as in production
as_owner initdb --pgdata=data --username=postgres --pwfile=password --auth="${auth:-scram-sha-256}" --encoding=UTF8 --no-sync >initdb.log
tls=${tls:-off}
if [ "$tls" = on ]; then
  key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>/dev/null; }
  key ca.key
  openssl req -x509 -new -key ca.key -days 2 -subj "/CN=test" -addext basicConstraints=critical,CA:true -out ca.pem
  key server.key
  printf '%s\n' basicConstraints=CA:false subjectAltName=DNS:localhost >tls.ext
  openssl req -new -key server.key -subj "/CN=postgres" |
    openssl x509 -req -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile tls.ext -out server.crt 2>/dev/null
  # where the server looks for them by itself
  chmod 600 server.key
  [ "$(id -u)" -ne 0 ] || chown postgres server.key
  mv server.key server.crt data/
fi
# the machine may lose power in a test as little as in a cluster's promise to us: only the processes die here.
# Whoever measures commits asks for `fsync=on`
as_owner pg_ctl --pgdata=data --log=log --wait --options="-p $port -k $folder \
  -c listen_addresses=127.0.0.1 -c max_connections=800 -c shared_buffers=64MB -c fsync=${fsync:-off} -c ssl=$tls" start >/dev/null
echo ready
cat >/dev/null
