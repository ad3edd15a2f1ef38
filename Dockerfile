# syntax=docker/dockerfile:1
# docker build -t ident-amocrm .

# Versions by name; whoever needs the same bytes each time pins them by digest.
FROM maven:3.9.11-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 mvn -B -q -DskipTests package

FROM eclipse-temurin:25_36-jre
ARG VERSION=development
ARG REVISION=unknown
LABEL org.opencontainers.image.title="ident-amocrm" \
      org.opencontainers.image.description="Copies clinic visits and patients from IDENT (SQL Server) into amoCRM" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
WORKDIR /opt/ident-amocrm
COPY --from=build /src/target/lib target/lib
COPY --from=build /src/target/ident-amocrm.jar target/ident-amocrm.jar
COPY --from=build /src/target/class-archive/classes /tmp/classes
# The build has noted which classes a run needs; this JVM lays them out for the launcher, which starts without the archive too, only slower.
RUN java -Xmx512m -XX:+UseG1GC -Xshare:dump -Xlog:disable -XX:SharedClassListFile=/tmp/classes \
      -XX:SharedArchiveFile=/opt/ident-amocrm/target/ident-amocrm.jsa -cp /opt/ident-amocrm/target/ident-amocrm.jar && rm /tmp/classes
COPY ident-amocrm LICENSE ./
COPY routes routes
COPY config config
ENV MANAGEMENT_HOST=0.0.0.0 \
    LOG_FORMAT=json \
    LOG_FILE=/dev/null
EXPOSE 9876
# Any numeric user will do: nothing is written but temporary files.
USER 10001:10001
# Is the process alive? Whether it is ready is for those who route or alert. The image has no curl; bash speaks enough HTTP.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${MANAGEMENT_PORT:-9876} && \
printf 'GET /observe/health/live HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ code _ <&3 && [ \"$code\" = 200 ]"]
ENTRYPOINT ["/opt/ident-amocrm/ident-amocrm"]
CMD ["service"]
