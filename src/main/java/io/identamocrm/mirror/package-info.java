/** The local copy of the account's deals and contacts in Redis: ids and fingerprints, nothing personal. */
@NullMarked
package io.identamocrm.mirror;

import org.jspecify.annotations.NullMarked;
