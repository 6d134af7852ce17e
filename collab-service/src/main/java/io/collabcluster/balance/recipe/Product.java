package io.collabcluster.balance.recipe;

import java.util.Locale;

/** A balancer that there are recipes for. */
public enum Product {
    NGINX("nginx", new ProductVersion(1, 22, 0)),
    HAPROXY("HAProxy", new ProductVersion(2, 4, 0));

    private final String title;
    private final ProductVersion oldest;

    Product(String title, ProductVersion oldest) {
        this.title = title;
        this.oldest = oldest;
    }

    public String title() {
        return title;
    }

    /** What a recipe is for that isn't told a version: it works with all that came later. */
    public ProductVersion oldest() {
        return oldest;
    }

    /** The word for it on a command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
