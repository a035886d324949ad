package dev.paddock.director.match;

import dev.paddock.director.DirectorSettings;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** What every class of this package needs: the settings and the time. */
@Singleton
public record Director(DirectorSettings settings, InstantSource time) {}
