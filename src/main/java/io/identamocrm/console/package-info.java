package io.identamocrm.console;
