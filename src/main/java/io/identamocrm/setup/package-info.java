/** The set-up: questions and their answers, typed or from a file, and the files made from them. */
@NullMarked
package io.identamocrm.setup;

import org.jspecify.annotations.NullMarked;
