/** Each route file alone, its neighbours played: what is called, in which order and with what, and what happens when a neighbour fails. */
package io.identamocrm.routes;
