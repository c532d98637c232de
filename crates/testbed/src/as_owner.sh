# Debian keeps the server's commands out of the way
for bin in /usr/lib/postgresql/*/bin; do PATH=$bin:$PATH; done
# the server refuses to run as root
as_owner() { if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"; else "$@"; fi; }
