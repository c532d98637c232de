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
as_owner initdb --pgdata=data --username=postgres --pwfile=password --auth=scram-sha-256 --encoding=UTF8 --no-sync >initdb.log
# the machine may lose power in a test as little as in a cluster's promise to us: only the processes die here.
# Whoever measures commits asks for `fsync=on`
as_owner pg_ctl --pgdata=data --log=log --wait --options="-p $port -k $folder \
  -c listen_addresses=127.0.0.1 -c max_connections=800 -c shared_buffers=64MB -c fsync=${fsync:-off}" start >/dev/null
echo ready
cat >/dev/null
