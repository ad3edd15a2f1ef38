/** Browsers for tests and screenshots of the console. */
package io.identamocrm.browser;
