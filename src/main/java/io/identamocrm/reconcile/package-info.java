/** Both sides compared: what is there twice, what is gone, what stands elsewhere. */
package io.identamocrm.reconcile;
