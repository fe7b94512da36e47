-- One row a figure in the latest revision of an article, with the sentence that states it.
{{ sound_figures(latest=true) }}
