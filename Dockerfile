# One image with the three programs; docker-compose.yml says which one a service runs.
FROM rust:1.95-bookworm AS build
# OpenSSL and SQLite are built from source
RUN apt-get update && apt-get install -y --no-install-recommends perl make && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cargo build --profile dist --locked --package idp --package shop-api --package admin-api

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin realmkeep
COPY --from=build /src/target/dist/idp /src/target/dist/shop-api /src/target/dist/admin-api /usr/local/bin/
COPY realms /etc/realmkeep/realms
COPY shop-api/shop-api.example.toml /etc/realmkeep/shop-api.toml
COPY admin-api/admin-api.example.toml /etc/realmkeep/admin-api.toml
# whatever the modes of the files in the checkout are
RUN chmod -R a+rX /etc/realmkeep
USER 10001:10001
WORKDIR /etc/realmkeep
CMD ["idp", "serve"]
