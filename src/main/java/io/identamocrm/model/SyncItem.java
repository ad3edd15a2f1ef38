package io.identamocrm.model;

import org.jspecify.annotations.Nullable;

/** What a run synchronises, one by one. */
public sealed interface SyncItem permits Reception, Patient {

    /** Its id in IDENT. */
    long id();

    /** The patient it is about; null in broken rows. */
    @Nullable Patient patient();
}
