/** Where the program starts. */
@NullMarked
package io.identamocrm;

import org.jspecify.annotations.NullMarked;
