package dev.paddock.manager.planted.util;

/** In a room and with a name that say nothing. */
public class PlantedHelper {}
