/** amoCRM's API: requests, responses, tokens, rate limit, formats of values. Nothing else speaks to amoCRM. */
package io.identamocrm.amocrm;
