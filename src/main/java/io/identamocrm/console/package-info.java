package io.identamocrm.console;

