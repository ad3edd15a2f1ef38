/** From decisions to amoCRM: writes collected into batches, checked, sent, confirmed, refused or found again. */
package io.identamocrm.delivery;
