/** Checks of IDENT, Redis and the SQL files before the product relies on them, and the connections to both. */
@NullMarked
package io.identamocrm.checks;

import org.jspecify.annotations.NullMarked;
