package io.identamocrm.setup;
