/** amoCRM's API: requests, responses, tokens, rate limit, formats of values. Nothing else speaks to amoCRM. */
@NullMarked
package io.identamocrm.amocrm;

import org.jspecify.annotations.NullMarked;
