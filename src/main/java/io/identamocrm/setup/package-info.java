package io.identamocrm.setup;

