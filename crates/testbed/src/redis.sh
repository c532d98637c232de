# Redis in folder $1 on port $2, until standard input ends. $DEPLOY is the folder with the shipped configuration.
set -eu
folder=$1 port=$2
end() {
  [ ! -e pid ] || kill -KILL "$(cat pid)" 2>/dev/null || true
  cd / && rm -rf "$folder"
}
trap end EXIT
cd "$folder"
mkdir passwords
for user in customer admin shop-api admin-api; do echo "$user-may-come-in" >"passwords/$user.redis.password"; done
sh "$DEPLOY/redis-users.sh" "$DEPLOY/redis.acl" passwords >users.acl
# for tests that do things to it
echo "user operator on >operator ~* &* +@all" >>users.acl
key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>/dev/null; }
key ca.key
openssl req -x509 -new -key ca.key -days 2 -subj "/CN=test" -addext basicConstraints=critical,CA:true -out ca.pem
key tls.key
printf '%s\n' basicConstraints=CA:false subjectAltName=IP:127.0.0.1 >tls.ext
openssl req -new -key tls.key -subj "/CN=redis" |
  openssl x509 -req -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile tls.ext -out tls.pem 2>/dev/null
# So that it starts again with the same. Whether it is there is asked of the process itself: under load a daemon is
# long at work before it has written its own file
cat >start <<END
for _ in \$(seq 20); do
  redis-server "$DEPLOY/redis.conf" --databases 4096 --bind 127.0.0.1 --port $port --dir "$folder" --aclfile "$folder/users.acl" \
    --daemonize no --pidfile "" --logfile "$folder/log" \
    --tls-port $((port + 1)) --tls-cert-file "$folder/tls.pem" --tls-key-file "$folder/tls.key" \
    --tls-ca-cert-file "$folder/ca.pem" --tls-auth-clients no >/dev/null 2>&1 &
  echo \$! >pid
  while kill -0 \$! 2>/dev/null; do
    redis-cli --user operator --pass operator --no-auth-warning -p $port ping 2>/dev/null | grep -q PONG && exit 0
    sleep 0.05
  done
  sleep 0.05
done
cat log >&2
exit 1
END
sh ./start
echo ready
cat >/dev/null
