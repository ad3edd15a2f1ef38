package io.identamocrm.demo;

import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.sandbox.AmoSandbox;
import io.identamocrm.sandbox.SandboxAccount;
import io.identamocrm.sandbox.SandboxOptions;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** A sample clinic, a real Redis and an amoCRM sandbox on free local ports, with the variables that lead the product to them. */
public final class EmbeddedSetUp implements AutoCloseable {

    private final SampleClinic clinic;
    private final AmoSandbox sandbox;
    private final EmbeddedRedis redis;
    private final Map<String, String> variables;

    /** Starts Redis and the sandbox beside a clinic, which is closed with them. */
    public EmbeddedSetUp(SampleClinic clinic, SandboxOptions sandboxOptions) {
        this.clinic = clinic;
        this.redis = new EmbeddedRedis();
        sandbox = AmoSandbox.start(sandboxOptions);
        variables = variables(clinic, redis, sandbox.baseUrl());
    }

    /** The variables that lead the product to a clinic, a Redis and the sandbox's account at this address. */
    public static Map<String, String> variables(SampleClinic clinic, EmbeddedRedis redis, String address) {
        Map<String, String> variables = new HashMap<>();
        variables.put("IDENT_JDBC_URL", clinic.jdbcUrl());
        variables.put("DB_USERNAME", clinic.reader());
        variables.put("DB_PASSWORD", clinic.readerPassword());
        variables.put("REDIS_HOST", "127.0.0.1");
        variables.put("REDIS_PORT", Integer.toString(redis.port()));
        variables.put("AMOCRM_SUBDOMAIN", "sandbox");
        variables.put("AMOCRM_BASE_URL", address);
        variables.put("AMOCRM_ACCESS_TOKEN", AmoSandbox.TOKEN);
        variables.put("AMOCRM_PRIMARY_PIPELINE_ID", Long.toString(SandboxAccount.PRIMARY));
        variables.put("AMOCRM_SECONDARY_PIPELINE_ID", Long.toString(SandboxAccount.SECONDARY));
        variables.put("AMOCRM_PRIMARY_STAGE_ID", Long.toString(SandboxAccount.stage(SandboxAccount.PRIMARY, 1)));
        variables.put("AMOCRM_SECONDARY_STAGE_ID", Long.toString(SandboxAccount.stage(SandboxAccount.SECONDARY, 1)));
        variables.putAll(SandboxFields.variables());
        return variables;
    }

    /** The clinic. */
    public SampleClinic clinic() {
        return clinic;
    }

    /** The account. */
    public AmoSandbox sandbox() {
        return sandbox;
    }

    /** The store. */
    public EmbeddedRedis redis() {
        return redis;
    }

    /** Where Redis listens. */
    public int redisPort() {
        return redis.port();
    }

    /** The variables that lead the product here; the caller may add to them. */
    public Map<String, String> variables() {
        return variables;
    }

    @Override
    public void close() throws IOException {
        sandbox.close();
        clinic.close();
        redis.close();
    }
}
