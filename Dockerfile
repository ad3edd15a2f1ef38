# syntax=docker/dockerfile:1
# docker build -t ident-amocrm .

FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /src
COPY pom.xml ./
COPY src/main src/main
RUN --mount=type=cache,target=/root/.m2 mvn -B -q -Dmaven.test.skip=true package

FROM eclipse-temurin:25-jre
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
COPY ident-amocrm LICENSE ./
COPY routes routes
COPY config config
# The classes of a start, as the JVM maps them: the service goes as far as it gets without a Redis, and its exit code says so (3).
RUN env LOG_FILE=/dev/null REDIS_HOST=127.0.0.1 REDIS_PORT=1 DB_USERNAME=x DB_PASSWORD=x AMOCRM_SUBDOMAIN=x AMOCRM_ACCESS_TOKEN=x \
      AMOCRM_PRIMARY_PIPELINE_ID=1 AMOCRM_SECONDARY_PIPELINE_ID=2 \
      AMOCRM_DEAL_FIELD_RECEPTION_ID=1 AMOCRM_DEAL_FIELD_PATIENT_NUMBER=1 \
      AMOCRM_CONTACT_FIELD_PATIENT_ID=1 AMOCRM_CONTACT_FIELD_PHONE=1 \
      JAVA_OPTS="-XX:ArchiveClassesAtExit=/opt/ident-amocrm/classes.jsa -Xlog:cds=error" ./ident-amocrm service || [ $? = 3 ]
ENV MANAGEMENT_HOST=0.0.0.0 \
    LOG_FORMAT=json \
    LOG_FILE=/dev/null \
    JAVA_OPTS="-XX:SharedArchiveFile=/opt/ident-amocrm/classes.jsa -Xlog:cds=off"
EXPOSE 9876
# Any numeric user will do: nothing is written but temporary files.
USER 10001:10001
# Is the process alive? Whether it is ready is for those who route or alert. The image has no curl; bash speaks enough HTTP.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${MANAGEMENT_PORT:-9876} && printf 'GET /observe/health/live HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ code _ <&3 && [ \"$code\" = 200 ]"]
ENTRYPOINT ["/opt/ident-amocrm/ident-amocrm"]
CMD ["service"]
