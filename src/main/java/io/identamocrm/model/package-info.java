/** The words of the product as records: reception, patient, deal, contact, decision, failure. */
package io.identamocrm.model;
