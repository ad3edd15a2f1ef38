/**
 * The rules of the product as pure functions over the model: no I/O, no clock, no Camel, so that every decision can be explained,
 * replayed and tested with generated cases.
 */
@NullMarked
package io.identamocrm.rules;

import org.jspecify.annotations.NullMarked;
