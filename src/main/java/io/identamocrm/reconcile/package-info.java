/** Both sides compared: what is there twice, what is gone, what stands elsewhere. */
@NullMarked
package io.identamocrm.reconcile;

import org.jspecify.annotations.NullMarked;
