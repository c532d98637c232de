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
# so that it starts again with the same; somebody else may hold its port for a moment
cat >start <<END
rm -f pid
for _ in \$(seq 100); do
  if kill -0 "\$(cat pid 2>/dev/null)" 2>/dev/null; then
    redis-cli --user operator --pass operator --no-auth-warning -p $port ping 2>/dev/null | grep -q PONG && exit 0
  else
    redis-server "$DEPLOY/redis.conf" --bind 127.0.0.1 --port $port --dir "$folder" --aclfile "$folder/users.acl" \
      --daemonize yes --pidfile "$folder/pid" --logfile "$folder/log" \
      --tls-port $((port + 1)) --tls-cert-file "$folder/tls.pem" --tls-key-file "$folder/tls.key" \
      --tls-ca-cert-file "$folder/ca.pem" --tls-auth-clients no >/dev/null
  fi
  sleep 0.05
done
exit 1
END
sh ./start
echo ready
cat >/dev/null
