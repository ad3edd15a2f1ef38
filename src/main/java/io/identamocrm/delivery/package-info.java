package io.identamocrm.delivery;

