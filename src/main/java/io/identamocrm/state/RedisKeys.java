package io.identamocrm.state;

/**
 * Names of the account's keys. The account is a hash tag, so that a Redis Cluster keeps all of one account on one node.
 *
 * @param account the account's name, such as its subdomain
 */
public record RedisKeys(String account) {

    /** The key of one thing of the account. */
    public String of(String thing) {
        return "ident-amocrm:{" + account + "}:" + thing;
    }
}
