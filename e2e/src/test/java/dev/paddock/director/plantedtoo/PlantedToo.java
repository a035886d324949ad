package dev.paddock.director.plantedtoo;

import dev.paddock.director.planted.Planted;

/** The other half of a cycle. */
public class PlantedToo {
    Planted cycle;
}
