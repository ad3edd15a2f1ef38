/** Start and wiring: the beans that the routes name, Camel around them, and the checks that need both. */
@NullMarked
package io.identamocrm.app;

import org.jspecify.annotations.NullMarked;
