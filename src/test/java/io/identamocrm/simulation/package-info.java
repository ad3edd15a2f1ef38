package io.identamocrm.simulation;

