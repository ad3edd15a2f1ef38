/** The amoCRM account's set-up: fields, pipelines, users, zone; what the settings want compared with what is there. */
@NullMarked
package io.identamocrm.account;

import org.jspecify.annotations.NullMarked;
