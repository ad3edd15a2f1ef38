package io.identamocrm.delivery;
