/** The clinic's side: rows of the files in {@code config/sql} become the model. Pure: no connection, no clock, no Camel. */
@NullMarked
package io.identamocrm.ident;

import org.jspecify.annotations.NullMarked;
