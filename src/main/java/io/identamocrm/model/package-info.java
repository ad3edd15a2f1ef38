/** The words of the product as records: reception, patient, deal, contact, decision, failure. */
@NullMarked
package io.identamocrm.model;

import org.jspecify.annotations.NullMarked;
