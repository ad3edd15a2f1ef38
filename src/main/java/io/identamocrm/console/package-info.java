/** The console: the REST API that routes/console.camel.yaml offers, and the page on it; ids only in every answer. */
package io.identamocrm.console;
