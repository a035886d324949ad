package dev.paddock.e2e;

import java.util.Arrays;
import java.util.Comparator;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Puts the classes that share a {@link SharedPlatform} one after the other, behind all others: a machine has one cluster at a
 * time, and theirs lives until the last class has ended.
 */
public final class SharedPlatformLast implements ClassOrderer {
    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors().sort(Comparator.comparing(SharedPlatformLast::shares));
    }

    private static boolean shares(ClassDescriptor test) {
        return test.findRepeatableAnnotations(ExtendWith.class).stream()
                .anyMatch(extension -> Arrays.asList(extension.value()).contains(SharedPlatform.class));
    }
}
