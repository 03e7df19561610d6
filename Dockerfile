# Builds from the sources alone: docker build -t ticketgraph .
ARG NODE=node:24-bookworm-slim

FROM ${NODE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No scripts: `prepare` would build before there are sources, and the package `node` is what this image brings.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY build.mjs .swcrc ./
COPY src ./src
RUN node build.mjs

FROM ${NODE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM ${NODE}
# DATA_DIR holds the master key, and the database where no DATABASE_URL is set: nothing else is ever written but /tmp.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 DATA_DIR=/var/lib/ticketgraph
WORKDIR /app
RUN install --directory --mode=0700 --owner=1000 --group=1000 /var/lib/ticketgraph
COPY package.json ./
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY migrations ./migrations
# The image's user `node`, by number: so that Kubernetes can see that it isn't root. All of /app is root's.
USER 1000:1000
VOLUME /var/lib/ticketgraph
EXPOSE 4000
# What begins a shutdown in good order; the program listens for it as process 1, so no init is needed.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--max-semi-space-size=32", "dist/main.js"]
CMD ["serve"]
