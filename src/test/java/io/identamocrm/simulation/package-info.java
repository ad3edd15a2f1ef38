package io.identamocrm.simulation;
