/** The local copy of the account's deals and contacts in Redis: ids and fingerprints, nothing personal. */
package io.identamocrm.mirror;
