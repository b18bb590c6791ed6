from django.db import migrations, models


def forget_ends(apps, schema_editor):
    """Rows written before the end was left out of what is still running."""
    practices = apps.get_model('goodpractices', 'Practice').objects.using(schema_editor.connection.alias)
    practices.filter(is_running=True).exclude(ends_on=None).update(ends_on=None)


class Migration(migrations.Migration):

    dependencies = [
        ('goodpractices', '0004_defaults_of_the_network'),
    ]

    operations = [
        migrations.RunPython(forget_ends, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(('is_running', False), ('ends_on', None), _connector='OR'), name='practice_running_has_no_end'),
        ),
    ]
