/** Start and wiring: the beans that the routes name, Camel around them, and the checks that need both. */
package io.identamocrm.app;
